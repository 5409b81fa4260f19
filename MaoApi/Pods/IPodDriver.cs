namespace MaoApi.Pods;

/// <summary>Where engines run. Thread-safe. What it cannot do it tells with a <see cref="PodDriverException"/>.</summary>
internal interface IPodDriver
{
    /// <summary>What an operator calls it: <c>process</c>, <c>docker</c> or <c>kubernetes</c>.</summary>
    string Name { get; }

    /// <summary>Whether engines stay when the pod stops in order.</summary>
    bool KeepsEngines { get; }

    /// <summary>Makes the place an account's engine starts in, where that is missing, and says how to reach it.</summary>
    Task<PodPlace> PlaceAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>What runs already, or has just ended and would come back by itself; null where there is none.</summary>
    Task<IPodProcess?> FindAsync(PodTrace trace, CancellationToken cancellationToken);

    /// <summary>Starts what outlives a crash of this process. What is half made from an earlier try is finished; what runs is not started twice.</summary>
    Task<IPodProcess> StartAsync(PodLaunch launch, CancellationToken cancellationToken);

    /// <summary>Puts right what others have changed around the engines.</summary>
    /// <returns>Accounts something was made for that stays behind when they are gone; see <see cref="RemoveAsync"/>.</returns>
    Task<IReadOnlyList<string>> TendAsync(CancellationToken cancellationToken);

    /// <summary>Whether <see cref="TendAsync"/> should not wait for its turn, as when a new gateway is to be let in. Asked once a second; where nobody answers, no.</summary>
    Task<bool> HasNewsAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>Stops and removes all that was made for an account, except what the engine has stored. Done before, it does nothing.</summary>
    Task RemoveAsync(string accountId, CancellationToken cancellationToken);
}
