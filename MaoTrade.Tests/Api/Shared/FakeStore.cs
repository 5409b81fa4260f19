using MaoApi.Engines;
using MaoApi.Idempotency;
using MaoApi.Limits;
using MaoApi.Shared;

namespace MaoTrade.Tests.Api.Shared;

/// <summary>A shared store that lets everybody pass, and can be told to refuse or to hang.</summary>
internal sealed class FakeStore : ISharedStore
{
    private readonly RateTake _take = new(true, 999, 998, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>What every question ends with, where there is one.</summary>
    public Exception? Fault { get; set; }

    /// <summary>What every question waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Questions so far.</summary>
    public int Asked { get; private set; }

    /// <summary>Requests another gateway carries out.</summary>
    public HashSet<IdempotencyKey> HeldElsewhere { get; } = [];

    public string Place => "the fake store";

    public Task PingAsync() => AnswerAsync(true);

    public Task<RateTake> TakeAsync(RateKey key, RateBudget budget) => AnswerAsync(_take);

    public Task SlowDownAsync(RateKey key) => AnswerAsync(true);

    public Task<CircuitAnswer> BeginAsync(string circuit) => AnswerAsync(new CircuitAnswer(true, 0, false, TimeSpan.Zero));

    public Task<CircuitAnswer> EndAsync(string circuit, long trial, CallVerdict verdict) => BeginAsync(circuit);

    public Task<bool> HoldAsync(IdempotencyKey key, TimeSpan lease) => AnswerAsync(!HeldElsewhere.Contains(key));

    public Task LetGoAsync(IdempotencyKey key) => AnswerAsync(true);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<T> AnswerAsync<T>(T answer)
    {
        Asked++;
        await Gate;
        return Fault is { } fault ? throw fault : answer;
    }
}
