import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { err, ok, type Result } from '../core/result.ts';

/** Why a file is no text that can be read, in words. */
export interface TextFailure {
  readonly code: string;
  readonly message: string;
  readonly help: string;
}

const utf16 = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) ||
  (bytes[0] === 0xfe && bytes[1] === 0xff) ||
  (bytes[0] !== 0 && bytes[1] === 0 && bytes.length > 3 && bytes[3] === 0);

const tooLarge = (size: string, limit: number): TextFailure => ({
  code: 'file-too-large',
  message: `the file has ${size} bytes; the limit is ${limit}`,
  help: 'split it',
});

/** Text of UTF-8 bytes, or why they are none. */
export const decodeText = (bytes: Uint8Array): Result<string, TextFailure> => {
  if (utf16(bytes)) {
    return err({ code: 'not-utf-8', message: 'the file is written in UTF-16', help: 'save it as UTF-8' });
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return err({ code: 'not-utf-8', message: 'the file holds bytes that are not UTF-8', help: 'save it as UTF-8' });
  }
};

const readBytes = async (path: string, limit: number): Promise<Result<Uint8Array, TextFailure>> => {
  // A link or pipe put in the file's place after it was looked at must neither be followed nor block the run.
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await file.stat();
    if (!stat.isFile()) {
      return err({ code: 'not-a-file', message: 'this is no regular file', help: 'remove the pipe, device or socket' });
    }
    if (stat.size > limit) return err(tooLarge(String(stat.size), limit));
    // The size may change while the file is read: the buffer is what bounds it.
    const buffer = new Uint8Array(Math.min(limit, stat.size + 4096) + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return length === buffer.length ? err(tooLarge(`more than ${length - 1}`, limit)) : ok(buffer.subarray(0, length));
  } finally {
    await file.close();
  }
};

/** A regular file's text, at most `limit` bytes of UTF-8, or why not. Never waits for a pipe, never follows a link. */
export const readText = async (path: string, limit: number): Promise<Result<string, TextFailure>> => {
  try {
    const bytes = await readBytes(path, limit);
    return bytes.ok ? decodeText(bytes.value) : bytes;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ELOOP') {
      return err({
        code: 'symbolic-link',
        message: 'this is a symbolic link, which is not followed',
        help: 'put the file itself here',
      });
    }
    const reason = code === 'EACCES' || code === 'EPERM' ? 'this account may not read it' : `the system says ${code}`;
    return err({
      code: 'unreadable-file',
      message: `can't be read: ${reason}`,
      help: 'look at its owner and permissions',
    });
  }
};
