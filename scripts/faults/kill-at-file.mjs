// Loaded before the program (`node --import`): writes down which files it writes, or kills it at one of these moments. The
// program itself is the built one.
import { appendFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { devNull } from 'node:os';

const { FAULTS_LEARN: learnt, FAULTS_KILL: moment } = process.env;
const [killAt, how] = (moment ?? '').split(' ');
let count = 0;

const die = () => process.kill(process.pid, 'SIGKILL');

/** Stands around a write: `half` writes half of it. */
const around = (name, write, half) =>
  async function (...args) {
    const own = String(count);
    count += 1;
    if (learnt !== undefined) appendFileSync(learnt, `${own} ${name}\n`);
    if (own === killAt && how === 'before') die();
    if (own === killAt && how === 'half') {
      await half.call(this, args);
      die();
    }
    const done = await write.apply(this, args);
    if (own === killAt && how === 'after') die();
    return done;
  };

const handle = await promises.open(devNull, 'a');
const FileHandle = handle.constructor;
await handle.close();
const { appendFile, datasync, sync } = FileHandle.prototype;
const { writeFile, mkdir } = promises;

const halfOf = (text) => String(text).slice(0, String(text).length / 2);
FileHandle.prototype.appendFile = around('append', appendFile, function ([text]) {
  return appendFile.call(this, halfOf(text));
});
FileHandle.prototype.datasync = around('datasync', datasync);
FileHandle.prototype.sync = around('sync', sync);
promises.writeFile = around('write', writeFile, ([path, text]) => writeFile(path, halfOf(text)));
promises.mkdir = around('mkdir', mkdir);
syncBuiltinESMExports();
