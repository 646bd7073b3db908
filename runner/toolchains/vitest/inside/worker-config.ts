import type { SerializedConfig } from 'vitest';

type Config = Omit<SerializedConfig, 'snapshotOptions'> & {
  // Vitest's worker adds the environment itself.
  snapshotOptions: Omit<SerializedConfig['snapshotOptions'], 'snapshotEnvironment'>;
};

/**
 * What Vitest's main process would tell its worker for a project at `root` without a configuration file. There is no such
 * process here, and so nothing that reads or merges configurations; `worker-config.test.ts` compares this with what the
 * installed Vitest makes of the same options.
 *
 * @param runner the file of the test runner to use
 */
export function workerConfig(root: string, runner: string): SerializedConfig {
  const config: Config = {
    root,
    runner,
    name: '',
    pool: 'in-process',
    // The sandbox is single-use, so there is nothing to isolate tests from.
    isolate: false,
    maxWorkers: 1,
    globals: true,
    passWithNoTests: true,
    // What is printed goes to the descriptors of the sandbox, which the runner reads.
    disableConsoleIntercept: true,
    disableColors: false,
    setupFiles: [],
    snapshotSerializers: [],
    testNamePattern: undefined,
    allowOnly: false,
    testTimeout: 5000,
    hookTimeout: 10_000,
    slowTestThreshold: 300,
    retry: 0,
    bail: undefined,
    maxConcurrency: 5,
    sequence: { seed: Date.now(), hooks: 'stack', setupFiles: 'parallel' },
    includeTaskLocation: undefined,
    tags: [],
    tagsFilter: undefined,
    strictTags: true,
    injectCjsGlobals: true,
    base: undefined,
    clearMocks: true,
    mockReset: false,
    restoreMocks: false,
    unstubEnvs: false,
    unstubGlobals: false,
    fakeTimers: { loopLimit: 10_000, shouldClearNativeTimers: true },
    expect: {},
    chaiConfig: undefined,
    diff: undefined,
    taskTitleValueFormatTruncate: 40,
    snapshotOptions: { updateSnapshot: 'none', snapshotFormat: {}, expand: false },
    deps: {
      web: { transformAssets: true, transformCss: true, transformGlobPattern: [] },
      optimizer: { ssr: { enabled: false }, client: { enabled: false } },
      interopDefault: undefined,
      moduleDirectories: ['/node_modules/'],
    },
    env: { BASE_URL: '/', MODE: 'test', DEV: true, PROD: false },
    defines: {},
    serializedDefines: '',
    printConsoleTrace: undefined,
    logHeapUsage: undefined,
    detectAsyncLeaks: false,
    watch: false,
    standalone: false,
    fsModuleCache: false,
    api: { allowExec: true, allowWrite: true },
    attachmentsDir: `${root}/.vitest/attachments`,
    mergeReportsLabel: undefined,
    inspect: undefined,
    inspectBrk: undefined,
    inspector: { enabled: false, waitForDebugger: false, openInMainProcess: false },
    coverage: {
      provider: 'v8',
      enabled: false,
      reportsDirectory: `${root}/coverage`,
      coverageFilesDirectory: `${root}/coverage/.tmp`,
      htmlDir: undefined,
      customProviderModule: undefined,
      autoAttachSubprocess: false,
    },
    benchmark: {
      enabled: false,
      retainSamples: false,
      provider: undefined,
      suppressExportGetterWarnings: false,
      projectName: '',
    },
    experimental: {
      importDurations: { print: false, failOnDanger: false, limit: 0, thresholds: { warn: 100, danger: 500 } },
      viteModuleRunner: true,
      nodeLoader: true,
      recordDependencies: false,
      traceTimeline: false,
      openTelemetry: undefined,
    },
    // No test runs in a browser; a worker of Node never reads it.
    browser: undefined as never,
  };
  return config as SerializedConfig;
}
