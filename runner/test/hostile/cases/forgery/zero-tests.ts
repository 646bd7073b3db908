// outcome: failed

export {};
