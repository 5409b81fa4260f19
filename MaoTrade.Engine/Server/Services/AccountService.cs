using System.Text.Json;
using MaoTrade.Engine.Trading;
using MaoTrade.Engine.Trading.Commands;

namespace MaoTrade.Engine.Server.Services;

/// <summary>Service 5: where the engine stands. Answered from the snapshot.</summary>
public sealed class AccountService(string accountId, string instanceId, SnapshotBoard board, Func<int> clients) : IService
{
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
        new(ServiceReply.Ok(JsonSerializer.SerializeToUtf8Bytes(Status(), CommandJson.Default.AccountStatusView)));
}
