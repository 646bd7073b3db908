/** The mark as pictures, for those that take no SVG: home screens, and browsers that want a bitmap. */
import type { APIRoute, GetStaticPaths } from 'astro';
import sharp from 'sharp';

/** Sizes in pixels; `room` is the share of the edge that stays free, which systems that cut icons to a shape need. */
const icons = {
  'favicon-96': { size: 96, room: 0, ground: 'none' },
  'touch-180': { size: 180, room: 0.16, ground: '#f6f8f6' },
  'app-192': { size: 192, room: 0.1, ground: '#f6f8f6' },
  'app-512': { size: 512, room: 0.1, ground: '#f6f8f6' },
  'maskable-512': { size: 512, room: 0.24, ground: '#f6f8f6' },
};
type Icon = (typeof icons)[keyof typeof icons];

export const getStaticPaths: GetStaticPaths = () =>
  Object.entries(icons).map(([name, icon]) => ({ params: { name }, props: icon }));

export const GET: APIRoute<Icon> = async ({ props: { size, room, ground } }) => {
  const scale = (size * (1 - 2 * room)) / 32;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">
    <rect width="100%" height="100%" fill="${ground}"/>
    <g transform="translate(${size * room} ${size * room}) scale(${scale})" fill="none">
      <path d="M13 6.5a10 10 0 0 0 0 19z" fill="#14201d"/>
      <path d="M19 7.9a8.7 8.7 0 0 1 0 16.2" stroke="#14201d" stroke-width="2.5"/>
      <path d="M16 1v30" stroke="#1d46d2" stroke-width="3"/>
    </g>
  </svg>`;
  const png = await sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toBuffer();
  return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png' } });
};
