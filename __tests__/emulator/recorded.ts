import { recordedStacks } from '../recordings/recordings';
import { describeWithTerraform } from './harness';
import { differences } from './recorded-differences';
import { emulate } from './recorded-plans';

/** Tests that the emulator plans and applies as the real provider of a version did. A file for each version, so that they run side by side. */
export function holdToRecordings(version: string): void {
  describeWithTerraform(`as the real provider ${version}`, () => {
    test.each(recordedStacks(version).map((stack) => [`${stack.example}/${stack.stack}`, stack] as const))(
      '%s is created, read back, planned again and changed',
      async (_, stack) => {
        const recording = stack.load();
        expect(differences(recording, await emulate(stack, recording))).toEqual([]);
      },
    );
  });
}
