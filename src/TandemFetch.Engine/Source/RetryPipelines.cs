using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace TandemFetch.Engine.Source;

/// <summary>
/// How attempts are retried: transient failures only, with backoff and jitter, or as the server requests.
/// </summary>
internal static class RetryPipelines
{
    /// <summary>For requests that may be retried.</summary>
    public static ResiliencePipeline Repeating(ExchangeOptions options, IRunObserver observer)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = options.Time };
        if (options.Attempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<TransientFailure>().Handle<TimeoutRejectedException>(),
                MaxRetryAttempts = options.Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.BaseDelay,
                MaxDelay = options.MaxDelay,
                DelayGenerator = arguments => ValueTask.FromResult(PauseAskedFor(arguments.Outcome.Exception, options)),
                OnRetry = arguments =>
                {
                    var attempt = arguments.AttemptNumber + 2;
                    observer.Verbose(
                        $"{Describe(arguments.Outcome.Exception)} Attempt {attempt} of {options.Attempts} in "
                        + $"{arguments.RetryDelay.TotalSeconds:0.#} s.");
                    return default;
                },
            });
        }

        return builder.AddTimeout(options.AttemptTimeout).Build();
    }

    /// <summary>For requests that are made once: a password, or a code that can be used only once.</summary>
    public static ResiliencePipeline Single(ExchangeOptions options) =>
        new ResiliencePipelineBuilder { TimeProvider = options.Time }.AddTimeout(options.AttemptTimeout).Build();

    /// <summary>The pause that the server requested, within our limit; null for our own backoff.</summary>
    public static TimeSpan? PauseAskedFor(Exception? failure, ExchangeOptions options)
    {
        if (failure is not TransientFailure { RetryAfter: { } asked })
        {
            return null;
        }

        // Zero would mean an immediate retry, which the server cannot want after it has just failed.
        var pause = asked < options.BaseDelay ? options.BaseDelay : asked;
        return pause < options.MaxRetryAfter ? pause : options.MaxRetryAfter;
    }

    /// <summary>The failure of an attempt in a uniform form, including Polly's own timeout.</summary>
    public static TransientFailure? AsTransient(Exception problem) => problem switch
    {
        TransientFailure failure => failure,
        TimeoutRejectedException timeout => new TransientFailure(
            FailureReason.Timeout, $"The response was not complete after {timeout.Timeout.TotalSeconds:0.#} s."),
        _ => null,
    };

    private static string Describe(Exception? problem) =>
        problem is not null && AsTransient(problem) is { } failure ? failure.Message : "The attempt failed.";
}
