import { ValidateIf } from 'class-validator';

/** The field may be left out, but `null` is checked like any value: class-validator's `IsOptional` lets `null` through to the database. */
export const Absentable = (): PropertyDecorator => ValidateIf((_, value: unknown) => value !== undefined);
