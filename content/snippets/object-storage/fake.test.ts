import { expect, it } from 'vitest';

// #region fake
class FakeAvatars {
  readonly #images = new Map<string, Uint8Array>();
  async save(user: string, image: Uint8Array): Promise<void> {
    this.#images.set(user, image);
  }
  async load(user: string): Promise<Uint8Array | undefined> {
    return this.#images.get(user);
  }
}

it('gives back the image', async () => {
  const avatars = new FakeAvatars();

  await avatars.save('ada', new Uint8Array([0x89, 0x50, 0x4e, 0x47]));

  expect(await avatars.load('ada')).toEqual(new Uint8Array([0x89, 0x50, 0x4e, 0x47]));
});
// #endregion fake
