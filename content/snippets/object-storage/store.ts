// #region client
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';

/** Where the server is, and who asks, are settings. Buckets as part of the path, since a test has no DNS of its own. */
export function s3(credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' }): S3Client {
  const endpoint = process.env.S3_URL ?? 'http://127.0.0.1:9000';
  return new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
}

/** A bucket that no other test knows of. */
export async function newBucket(client: S3Client): Promise<string> {
  const Bucket = `test-${crypto.randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket }));
  return Bucket;
}
// #endregion client
