/** What the doctor found out about one thing. Without what is `missing`, submissions cannot run. */
export type Finding = { state: 'ok' | 'note' | 'missing'; what: string; meaning: string };
