/** `npm run build`: builds the site into `dist/site`. */
import { buildSite } from './build-site.ts';

buildSite();
