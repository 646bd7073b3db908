import { nodeCases } from './node-cases.ts';

nodeCases('the sandbox', undefined);
