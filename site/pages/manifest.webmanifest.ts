import type { APIRoute } from 'astro';
import { staticPages } from '../layouts/static-pages.ts';

const icon = (name: string, size: number, purpose: 'any' | 'maskable') => ({
  src: `/icons/${name}.png`,
  sizes: `${size}x${size}`,
  type: 'image/png',
  purpose,
});

export const GET: APIRoute = () =>
  Response.json({
    id: '/',
    name: 'Boundary: integration testing',
    short_name: 'Boundary',
    description: staticPages['/'].description,
    lang: 'en',
    start_url: '/',
    scope: '/',
    display: 'minimal-ui',
    background_color: '#f6f8f6',
    theme_color: '#f6f8f6',
    categories: ['education', 'developer'],
    icons: [icon('app-192', 192, 'any'), icon('app-512', 512, 'any'), icon('maskable-512', 512, 'maskable')],
  });
