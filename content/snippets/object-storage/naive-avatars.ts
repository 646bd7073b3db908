import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

// #region naive
export class NaiveAvatars {
  readonly #client: S3Client;
  readonly #bucket: string;
  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async save(user: string, image: Uint8Array): Promise<void> {
    await this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: user, Body: image }));
  }

  async load(user: string): Promise<Uint8Array> {
    const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: user }));
    return new TextEncoder().encode(await Body?.transformToString());
  }
}
// #endregion naive
