import { recordedStacks } from '../recordings/recordings';
import { describeWithTerraform } from './harness';
import { saidOfEmulated, saidOfRecording } from './read-alike';
import { differences } from './recorded-differences';
import { emulate } from './recorded-plans';

/** Tests that the emulator plans and applies as the real provider of a version did. A file for each version, so that they run side by side. */
export function holdToRecordings(version: string): void {
  describeWithTerraform(`as the real provider ${version}`, () => {
    test.each(recordedStacks(version).map((stack) => [`${stack.example}/${stack.stack}`, stack] as const))(
      '%s is created, read back, planned again and changed',
      async (_, stack) => {
        const recording = stack.load();
        const emulated = await emulate(stack, recording);
        expect(differences(recording, emulated)).toEqual([]);
        expect(saidOfEmulated(recording, emulated)).toEqual(saidOfRecording(recording));
      },
    );
  });
}
