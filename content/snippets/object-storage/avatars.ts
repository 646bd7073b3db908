import { Readable } from 'node:stream';
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

export type Image = { bytes: Uint8Array; type: 'image/png' | 'image/jpeg' };

// #region avatars
export class Avatars {
  readonly #client: S3Client;
  readonly #bucket: string;
  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async save(user: string, { bytes, type }: Image): Promise<void> {
    await this.#client.send(
      new PutObjectCommand({ Bucket: this.#bucket, Key: keyOf(user), Body: bytes, ContentType: type }),
    );
  }

  async load(user: string): Promise<Image | null> {
    try {
      const found = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: keyOf(user) }));
      const bytes = await found.Body?.transformToByteArray();
      return bytes ? { bytes, type: found.ContentType as Image['type'] } : null;
    } catch (error) {
      if (error instanceof NoSuchKey) return null;
      throw error; // not allowed, no such bucket, no network: none of these means “no avatar”
    }
  }

  /** Whoever has this address may load the image until it expires. */
  address(user: string, { seconds = 300, now = new Date() } = {}): Promise<string> {
    const command = new GetObjectCommand({ Bucket: this.#bucket, Key: keyOf(user) });
    return getSignedUrl(this.#client, command, { expiresIn: seconds, signingDate: now });
  }
}

/** One form of Unicode, and nothing that an address reads as something else: no such character, and no name of dots alone. */
function keyOf(user: string): string {
  return `avatars/user-${encodeURIComponent(user.normalize('NFC'))}`;
}
// #endregion avatars

// #region list
export async function keysBelow(client: S3Client, bucket: string, prefix: string, page = 1000): Promise<string[]> {
  const keys: string[] = [];
  let from: string | undefined;
  do {
    const answer = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: page, ContinuationToken: from }),
    );
    keys.push(...(answer.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    from = answer.NextContinuationToken;
  } while (from !== undefined);
  return keys;
}
// #endregion list

// #region large
/** In parts, so that neither the memory nor one lost connection decides whether it works. */
export async function saveLarge(client: S3Client, Bucket: string, Key: string, Body: AsyncIterable<Uint8Array>) {
  await new Upload({ client, params: { Bucket, Key, Body: Readable.from(Body) }, partSize: 5 * 1024 * 1024 }).done();
}
// #endregion large
