import { type RecordedStack, recordedStacks } from '../recordings/recordings';
import { describeWithTerraform } from './harness';
import { inGroups } from './modules';
import { resultsOfEmulated, resultsOfRecording } from './read-alike';
import { differences } from './recorded-differences';
import { type Emulated, emulate } from './recorded-plans';

/** Terraform plans this many stacks together: with more, its graph takes the time that fewer processes save. */
const TOGETHER = 5;

/** Tests that the emulator plans and applies as the real provider of a version did. A file for each version, so that they run side by side. */
export function holdToRecordings(version: string): void {
  const stacks = recordedStacks(version);
  describeWithTerraform(`as the real provider ${version}`, () => {
    for (const together of inGroups(stacks, TOGETHER)) holdTogether(together);
  });
}

function holdTogether(stacks: readonly RecordedStack[]): void {
  describe(stacks.map(({ example, stack }) => `${example}/${stack}`).join(', '), () => {
    let emulated: readonly Emulated[];
    beforeAll(async () => {
      emulated = await emulate(stacks);
    });

    test.each(stacks.map((stack, index) => ({ ...stack, index })))(
      '$example/$stack is created, read back, planned again and changed',
      ({ index, load }) => {
        const recording = load();
        expect(differences(recording, emulated[index] as Emulated)).toEqual([]);
        expect(resultsOfEmulated(recording, emulated[index] as Emulated)).toEqual(resultsOfRecording(recording));
      },
    );
  });
}
