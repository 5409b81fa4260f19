using System.Text.Json;
using MaoTrade.Engine.Live;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Protocol.Messages;

namespace MaoTrade.Engine.Server.Services;

/// <summary>Service 5: where the engine stands, answered from the snapshot, and live changes.</summary>
public sealed class AccountService(string accountId, string instanceId, SnapshotBoard board, Func<int> clients, LiveFeed? live = null) : IService
{
    /// <summary>The length of <c>{}</c>: data that asks for nothing in particular.</summary>
    private const int EmptyBytes = 2;

    public int Number => 5;

    /// <summary>The engine's standing, also for its health endpoint.</summary>
    public AccountStatusView Status()
    {
        var state = board.State;
        var stage = state is null ? EngineStage.Starting
            : state is { Blocked: true, Stage: not EngineStage.Stopping } ? EngineStage.Blocked
            : state.Stage;
        return new AccountStatusView(
            accountId, instanceId, state?.Version ?? 0, stage, state?.BrokerConnected ?? false, state?.LastFrameAt,
            state?.UnknownOrders ?? 0, state?.Drift ?? 0, clients());
    }

    public ValueTask<ServiceReply> HandleAsync(ServiceRequest request, CancellationToken cancellationToken) =>
        new(request.Data.Length <= EmptyBytes ? Standing() : Answer(request));

    private ServiceReply Answer(ServiceRequest request)
    {
        if (!CommandReading.TryRead(request.Data.Span, AccountServiceJson.Default.AccountRequest, out var wanted, out var fault))
        {
            return fault;
        }

        return wanted.Op switch
        {
            null => Standing(),
            "subscribe" => Subscribe(wanted),
            "unsubscribe" when wanted.Of is { Length: > 0 } id => ServiceReply.Of(new EndStream(id)),
            "unsubscribe" => ServiceReply.Failure(ReplyCode.Malformed, "of: the id of the subscription is expected"),
            _ => ServiceReply.Failure(ReplyCode.NotFound, $"op: subscribe or unsubscribe is expected, not '{wanted.Op}'"),
        };
    }

    private ServiceReply Subscribe(AccountRequest wanted)
    {
        if (!LiveWishes.TryRead(wanted, out var wish, out var fault))
        {
            return fault;
        }

        if (live is null || board.State is null)
        {
            return ServiceReply.Failure(ReplyCode.NotReady, "the engine is starting");
        }

        return live.TryOpen(wish, out var subscription)
            ? ServiceReply.Of(new BeginStream(subscription))
            : ServiceReply.Failure(ReplyCode.Busy, $"{LiveFeed.MostSubscriptions} subscriptions are open already");
    }

    private ServiceReply Standing() =>
        ServiceReply.Ok(JsonSerializer.SerializeToUtf8Bytes(Status(), CommandJson.Default.AccountStatusView));
}
