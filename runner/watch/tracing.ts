/** OpenTelemetry, where the operator names a collector. Its SDK is loaded only then. */

/** The standard's own variables: `OTEL_EXPORTER_OTLP_ENDPOINT` or the one for traces turns it on. */
type Environment = Record<string, string | undefined>;

/**
 * Starts to send traces by OTLP; disposing sends what is left. Does nothing where no endpoint is named. Everything else,
 * such as headers, protocol and sampling, is read by the SDK from the variables of its specification
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
 */
export async function startTracing(env: Environment): Promise<AsyncDisposable> {
  if (!env.OTEL_EXPORTER_OTLP_ENDPOINT && !env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) {
    return { [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  // Numbers are for Prometheus and logs are on standard output, unless somebody asks for them here too.
  env.OTEL_METRICS_EXPORTER ??= 'none';
  env.OTEL_LOGS_EXPORTER ??= 'none';
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ serviceName: env.OTEL_SERVICE_NAME ?? 'boundary' });
  sdk.start();
  return {
    // A collector that is away must not keep the runner from stopping.
    [Symbol.asyncDispose]: () => sdk.shutdown().catch(() => undefined),
  };
}
