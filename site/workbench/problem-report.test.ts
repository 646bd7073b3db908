import { describe, expect, it } from 'vitest';
import { reportFrom } from './problem-report.ts';

describe('reportFrom', () => {
  it('passes on what the runner says and lists each objection', () => {
    const body = {
      title: 'Unusable files',
      detail: 'One path is not allowed.',
      code: 'submission-path',
      errors: [{ path: 'files', message: '../x leaves the folder' }, 'junk', { path: 7 }],
    };
    expect(reportFrom(422, body, null)).toEqual({
      title: 'Unusable files',
      what: 'One path is not allowed.',
      todo: 'Mend what is listed, then run again. Nothing was run.',
      details: [{ path: 'files', message: '../x leaves the folder' }],
      code: 'submission-path',
    });
  });

  it('says how long to wait', () => {
    expect(reportFrom(429, {}, '7').todo).toContain('Wait 7 s');
    expect(reportFrom(429, {}, null).todo).toContain('Wait a little');
  });

  it.each([null, 'a string', [], { title: 7 }])('still says something where the body is %j', (body) => {
    const report = reportFrom(502, body, null);
    expect(report.title).toBe('The runner answered with status 502');
    expect(report.todo).toContain('runner’s fault');
  });
});
