import { createHash } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, it } from 'vitest';
import { Avatars, keysBelow, saveLarge } from './avatars';
import { newBucket, s3 } from './store';

const client = s3();
const png = { bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]), type: 'image/png' } as const;
let bucket: string;
let avatars: Avatars;

beforeAll(async () => {
  bucket = await newBucket(client);
  avatars = new Avatars(client, bucket);
});

// #region round-trip
it('gives back the image, byte for byte, and what kind it is', async () => {
  await avatars.save('ada', png);

  expect(await avatars.load('ada')).toEqual(png);
});

it('finds null for somebody without an avatar', async () => {
  expect(await avatars.load('nobody')).toBeNull();
});

it('does not take a bucket that is not there for a missing avatar', async () => {
  await expect(new Avatars(client, 'no-such-bucket').load('ada')).rejects.toMatchObject({ name: 'NoSuchBucket' });
});
// #endregion round-trip

// #region keys
it.each(['Grace Hopper', 'zoë', 'a+b', '50%', 'x/../y', '..', '.', 'who?', '#1'])(
  'keeps the avatar of “%s”',
  async (user) => {
    const own = { ...png, bytes: new TextEncoder().encode(user) };
    await avatars.save(user, own);

    expect(await avatars.load(user)).toEqual(own);
    expect((await fetch(await avatars.address(user))).status).toBe(200);
  },
);

it('knows a name in both forms of Unicode', async () => {
  await avatars.save('zoe\u0308', png); // e and two dots, as macOS writes it

  expect(await avatars.load('zo\u00eb')).toEqual(png); // one character, as most others do
});
// #endregion keys

// #region allowed
it('lets nobody in without a signature, or with a wrong one', async () => {
  await avatars.save('ada', png);
  const address = await avatars.address('ada');

  expect((await fetch(address)).status).toBe(200);
  expect((await fetch(address.split('?')[0] ?? '')).status).toBe(403);
  expect((await fetch(address.replace('/user-ada', '/user-grace'))).status).toBe(403);
  expect((await fetch(address, { method: 'PUT', body: 'mine now' })).status).toBe(403);

  const stranger = s3({ accessKeyId: 'test', secretAccessKey: 'guessed' });
  await expect(new Avatars(stranger, bucket).load('ada')).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
});
// #endregion allowed

// #region expired
it('lets nobody in when the address has expired', async () => {
  await avatars.save('ada', png);
  const now = new Date(Date.now() - 301_000); // signed five minutes and a second ago

  const answer = await fetch(await avatars.address('ada', { seconds: 300, now }));

  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain('Request has expired');
});
// #endregion expired

// #region pages
it('lists more than fits on a page', async () => {
  const own = await newBucket(client);
  for (const key of ['a/1', 'a/2', 'a/3', 'b/1']) {
    await client.send(new PutObjectCommand({ Bucket: own, Key: key, Body: key }));
  }

  expect(await keysBelow(client, own, 'a/', 2)).toEqual(['a/1', 'a/2', 'a/3']);
});
// #endregion pages

// #region large
it('stores a film in parts, and all of it', async () => {
  const sent = createHash('sha256');
  async function* film() {
    for (let part = 0; part < 11; part++) {
      const chunk = new Uint8Array(1024 * 1024).fill(part);
      sent.update(chunk);
      yield chunk;
    }
  }
  await saveLarge(client, bucket, 'film', film());

  const received = createHash('sha256');
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'film' }));
  for await (const chunk of Body as AsyncIterable<Uint8Array>) received.update(chunk);
  expect(received.digest('hex')).toBe(sent.digest('hex'));
});
// #endregion large

// #region once
it('does not overwrite what somebody else has just stored', async () => {
  const put = (Body: string) =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key: 'invoice-17', Body, IfNoneMatch: '*' }));
  await put('the first');

  await expect(put('the second')).rejects.toMatchObject({ name: 'PreconditionFailed' });
});
// #endregion once
