import type { APIRoute, GetStaticPaths } from 'astro';
import type { ShareImage } from '../../share/share-format.ts';
import { drawShareImage } from '../../share/share-image.ts';
import { sharedPages } from '../../share/shared-pages.ts';

export const getStaticPaths: GetStaticPaths = async () =>
  (await sharedPages()).map(({ path, image }) => ({ params: { path }, props: { image } }));

export const GET: APIRoute<{ image: ShareImage }> = async ({ props }) =>
  new Response(new Uint8Array(await drawShareImage(props.image)), { headers: { 'content-type': 'image/png' } });
