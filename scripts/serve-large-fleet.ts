import { writeCloudFile } from '../src/emulator/write-cloud-file.ts';
import { largeFleet } from '../test/support/large-fleet.ts';
import { httpRequests, serve, temporaryFolder } from '../test/support/rig.ts';

/** Serves a large tenant until its parent asks how many requests came; sizes come as JSON in the first argument. */
const emulator = await serve(largeFleet(JSON.parse(process.argv[2] ?? '{}')));
process.send?.({ cloud: writeCloudFile(emulator, temporaryFolder()) });
process.on('message', () => {
  process.send?.({ requests: httpRequests(emulator.requests()).length });
  void emulator.close().then(() => process.disconnect());
});
