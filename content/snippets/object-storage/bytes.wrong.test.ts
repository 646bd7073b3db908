import { expect, it } from 'vitest';
import { NaiveAvatars } from './naive-avatars';
import { newBucket, s3 } from './store';

// #region bytes
it('gives back the image', async () => {
  const client = s3();
  const avatars = new NaiveAvatars(client, await newBucket(client));

  await avatars.save('ada', new Uint8Array([0x89, 0x50, 0x4e, 0x47]));

  expect(await avatars.load('ada')).toEqual(new Uint8Array([0x89, 0x50, 0x4e, 0x47])); // ef bf bd 50 4e 47
});
// #endregion bytes
