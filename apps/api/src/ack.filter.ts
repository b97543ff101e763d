import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { failedAck } from '#libs/platform';

/** What goes wrong with a message is its acknowledgement: the one shape of an error, or silence if no answer was wanted. */
@Catch()
export class AckFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const answer = failedAck(error); // logs it, whether or not somebody hears it
    const ack: unknown = host.getArgs().findLast((argument) => typeof argument === 'function');
    if (typeof ack === 'function') ack(answer);
  }
}
