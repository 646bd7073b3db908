import { describe, expect, it } from 'vitest';
import { isCorrect, parseAnswers, withAnswer } from './quiz-answers.ts';

describe('isCorrect', () => {
  it('wants every correct option and no other', () => {
    expect(isCorrect([0, 2], [true, false, true])).toBe(true);
    expect(isCorrect([0], [true, false, true])).toBe(false);
    expect(isCorrect([0, 1, 2], [true, false, true])).toBe(false);
  });
});

describe('withAnswer', () => {
  it('changes one answer and leaves what another tab kept meanwhile', () => {
    expect(parseAnswers(withAnswer('{"q1":[0],"q2":[1]}', 'q2', [2]))).toEqual({ q1: [0], q2: [2] });
    expect(parseAnswers(withAnswer('{"q1":[0],"q2":[1]}', 'q2', undefined))).toEqual({ q1: [0] });
    expect(parseAnswers(withAnswer(null, 'q1', [0, 2]))).toEqual({ q1: [0, 2] });
  });
});

describe('parseAnswers', () => {
  it('reads what was kept', () => {
    expect(parseAnswers('{"q1":[0,2]}')).toEqual({ q1: [0, 2] });
  });

  it.each([null, '', 'nonsense', '7', 'null', '{"q1":"a","q2":[1.5]}'])('counts %j as no answer', (text) => {
    expect(parseAnswers(text)).toEqual({});
  });
});
