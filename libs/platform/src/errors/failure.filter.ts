import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError } from './domain-error.js';
import { answerFailure, refusalOf } from './failure.js';
import { methodsOf } from '../http/methods.js';

/** The one place where an HTTP request fails. */
@Catch()
export class FailureFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error; // sockets answer with `failedAck`
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    let refusal = refusalOf(error);
    const methods = refusal.code === 'notFound' && error !== refusal ? methodsOf(request) : [];
    if (methods.length > 0) {
      refusal = new DomainError('methodNotAllowed');
      response.setHeader('Allow', methods.join(', '));
    }
    const { status, body } = answerFailure(refusal);
    if (response.headersSent) {
      response.destroy(); // half an answer is no answer: the caller must notice
      return;
    }
    const { seconds } = refusal.details;
    if (typeof seconds === 'number') response.setHeader('Retry-After', String(seconds));
    response.removeHeader('Content-Disposition');
    response.setHeader('Cache-Control', 'no-store');
    response.status(status).json(body);
  }
}
