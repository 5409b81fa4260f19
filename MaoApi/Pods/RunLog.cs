namespace MaoApi.Pods;

/// <summary>Follows what a run writes into the account's output file, from where an earlier look ended.</summary>
/// <param name="name">Of what runs, for people.</param>
/// <param name="outputFile">The account's.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Takes interruptions.</param>
internal abstract partial class RunLog(string name, string outputFile, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    /// <summary>The output file, and how far it is filled.</summary>
    protected PodOutputMark Mark { get; } = new(outputFile);

    /// <summary>Follows until the run has ended and all was read, or the token says so. Does not throw.</summary>
    public async Task FollowAsync(Func<bool> hasEnded, CancellationToken cancellationToken)
    {
        // The caller is a constructor.
        await Task.Yield();
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault) when (fault is PodDriverException or IOException or HttpRequestException)
            {
                Interrupted(logger, name, fault.Message);
            }

            if (hasEnded())
            {
                return;
            }

            await Task.Delay(Retry, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reads from <see cref="Mark"/> on, to the end of the run or of the connection.</summary>
    protected abstract Task ReadAsync(CancellationToken cancellationToken);

    [LoggerMessage(3125, LogLevel.Information, "The log of {Name} broke off and is taken up again: {Reason}")]
    private static partial void Interrupted(ILogger logger, string name, string reason);
}
