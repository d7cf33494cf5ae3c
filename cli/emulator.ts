import { InputError } from '../terraform-json/input-error';

/**
 * The emulated google provider. It is loaded when it is used, because loading it takes time, and because the packages for
 * Terraform's plugin protocol are optional. Throws an InputError if they are not installed.
 */
export function loadEmulator(): typeof import('../emulator') {
  try {
    return require('../emulator');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = /^Cannot find module '((?:@grpc|protobufjs|@msgpack)[^']*)'/.exec(message)?.[1];
    if (code !== 'MODULE_NOT_FOUND' || missing === undefined) throw error;
    throw new InputError(
      `planning without Google Cloud needs '${missing}', an optional package that is not installed`,
      'run npm install --include=optional',
    );
  }
}
