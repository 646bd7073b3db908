/** The picture that stands beside a link to a page where it is shared: its title, next to the boundary line. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import satori, { type SatoriOptions } from 'satori';
import sharp from 'sharp';
import { type ShareImage, shareSize } from './share-format.ts';

/** The light theme of site/styles/tokens.css. */
const colour = {
  paper: '#f6f8f6',
  ink: '#14201d',
  quiet: '#485652',
  outside: '#e4e9e6',
  line: '#1d46d2',
  dot: '#a9b5b0',
};
const lineAt = 930;

let fonts: Promise<SatoriOptions['fonts']> | undefined;

/** A PNG. */
export async function drawShareImage({ kind, title, description }: ShareImage): Promise<Buffer> {
  fonts ??= loadFonts();
  const size = title.length > 60 ? 56 : title.length > 30 ? 68 : 84;
  const text = await satori(
    box(
      {
        boxSizing: 'border-box',
        flexDirection: 'column',
        width: lineAt - 40,
        height: '100%',
        padding: '64px 24px 60px 72px',
        color: colour.ink,
      },
      [
        box({ fontSize: 27, color: colour.quiet }, kind),
        box({ fontSize: size, fontWeight: 700, lineHeight: 1.08, letterSpacing: '-0.025em', marginTop: 26 }, title),
        box({ fontSize: 29, lineHeight: 1.4, color: colour.quiet, marginTop: 30, lineClamp: 3 }, description),
        box(
          { fontSize: 34, fontWeight: 700, letterSpacing: '-0.02em', marginTop: 'auto', paddingLeft: 52 },
          'Boundary',
        ),
      ],
    ),
    { ...shareSize, fonts: await fonts },
  );
  return sharp(Buffer.from(ground.replace('<!-- text -->', text)))
    .png({ palette: true, colours: 64, effort: 4 })
    .toBuffer();
}

/** An element as Satori takes it where there is no JSX. */
function box(style: Record<string, unknown>, children: unknown) {
  return {
    type: 'div',
    props: { style: { display: style.lineClamp ? 'block' : 'flex', ...style }, children },
  } as never;
}

const dots = Array.from({ length: 8 * 18 }, (_, index) => {
  const [x, y] = [lineAt + 42 + (index % 8) * 34, 26 + Math.floor(index / 8) * 34];
  return `<circle cx="${x}" cy="${y}" r="2"/>`;
}).join('');

const ground = `<svg xmlns="http://www.w3.org/2000/svg" width="${shareSize.width}" height="${shareSize.height}">
  <rect width="100%" height="100%" fill="${colour.paper}"/>
  <rect x="${lineAt}" width="${shareSize.width - lineAt}" height="100%" fill="${colour.outside}"/>
  <g fill="${colour.dot}">${dots}</g>
  <!-- text -->
  <path d="M${lineAt} 0V630" stroke="${colour.line}" stroke-width="10"/>
  <circle cx="${lineAt}" cy="315" r="17" fill="${colour.paper}" stroke="${colour.line}" stroke-width="8"/>
  <g transform="translate(70 527) scale(1.3)">
    <path d="M13 6.5a10 10 0 0 0 0 19z" fill="${colour.ink}"/>
    <path d="M19 7.9a8.7 8.7 0 0 1 0 16.2" fill="none" stroke="${colour.ink}" stroke-width="2.5"/>
    <path d="M16 1v30" stroke="${colour.line}" stroke-width="3"/>
  </g>
</svg>`;

async function loadFonts(): Promise<SatoriOptions['fonts']> {
  const { resolve } = createRequire(import.meta.url);
  const load = (weight: 400 | 700) =>
    readFile(
      resolve(`@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-${weight}-normal.woff`),
    ).then((data) => ({ name: 'Atkinson', data, weight, style: 'normal' as const }));
  return Promise.all([load(400), load(700)]);
}
