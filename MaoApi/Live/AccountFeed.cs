using System.Collections.Immutable;
using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoTrade.Protocol.Client;

namespace MaoApi.Live;

/// <summary>
/// The live changes of one account: one subscription at its engine for all clients of this gateway, from the first that comes
/// to the last that leaves. A message is encoded once and handed to each client, which never makes this loop wait. After an
/// engine's death it is subscribed to again from the last numbers heard.
/// </summary>
internal sealed partial class AccountFeed(AuthorizedAccount account, EngineGateway engines, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly ChannelHistory[] _channels = [.. Enumerable.Range(0, LiveChannels.Count).Select(_ => new ChannelHistory())];

    /// <summary>0.75 to 1.25, another one in each process: gateways and accounts do not all come back at once.</summary>
    private readonly double _spread = 0.75 + (0.5 * (account.AccountId.GetHashCode(StringComparison.Ordinal) & 0xFF) / 0xFF);

    private ImmutableArray<LiveMember> _members = [];
    private Task _running = Task.CompletedTask;
    private Task _refreshing = Task.CompletedTask;
    private bool _isBegun;

    public string AccountId => account.AccountId;

    /// <summary>Whether the engine tells its changes now.</summary>
    public bool IsConnected { get; private set; }

    public bool HasMembers => !_members.IsEmpty;

    /// <summary>Gives a client a channel: what it has missed, or a gap and the whole, then every change.</summary>
    /// <param name="member">The client's part.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="from">The last number the client has, or null.</param>
    public void Join(LiveMember member, int channel, long? from)
    {
        lock (_lock)
        {
            if (!_members.Contains(member))
            {
                _members = _members.Add(member);
            }

            if (!IsConnected)
            {
                member.Client.Offer(Status());
            }

            if (!_isBegun && from is { } first && _channels[channel].Last < 0)
            {
                _channels[channel].BeginAfter(first);
            }

            Begin(member, channel, from);
        }
    }

    public void Leave(LiveMember member)
    {
        lock (_lock)
        {
            _members = _members.Remove(member);
        }
    }

    /// <summary>Subscribes at the engine; after the first client's wishes are known.</summary>
    public void Start()
    {
        lock (_lock)
        {
            if (!_isBegun)
            {
                _isBegun = true;
                _running = RunAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _refreshing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private void Begin(LiveMember member, int channel, long? from)
    {
        var history = _channels[channel];
        if (from is { } seq && history.Covers(seq))
        {
            member.Begin(channel, history.After(seq), history.Last);
            return;
        }

        if (from is not null)
        {
            member.Client.Offer(Gap(channel, Math.Max(0, history.Last)), isFirst: true);
        }

        member.Await(channel);
        if (history.Snapshot is { } snapshot)
        {
            Begin(member, snapshot);
        }
        else
        {
            Refresh();
        }
    }

    private void Begin(LiveMember member, LiveMessage snapshot)
    {
        var history = _channels[snapshot.Channel];
        member.Begin(snapshot.Channel, history.After(snapshot.Seq).Prepend(snapshot), Math.Max(snapshot.Seq, history.Last));
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        var pause = FirstPause;
        while (!_ended.IsCancellationRequested)
        {
            var reason = "";
            try
            {
                await foreach (var reply in engines.SubscribeAsync(account, Wish(), _ended.Token))
                {
                    if (!reply.More)
                    {
                        reason = reply.Result == ProxyResult.NoError ? $"{reply.Code} {reply.Message}" : $"{reply.Result}: {reply.Detail}";
                        break;
                    }

                    pause = FirstPause;
                    Connect();
                    Take(LiveMessage.Read(AccountId, reply.Data));
                }
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The one boundary of this loop: it is subscribed again, and the log says why.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                reason = fault.Message;
            }

            Disconnect(reason);
            await Task.Delay(pause * _spread, time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>All channels, each from the last number heard.</summary>
    private byte[] Wish()
    {
        lock (_lock)
        {
            var from = new Dictionary<string, long>();
            for (var channel = 0; channel < LiveChannels.Count; channel++)
            {
                _channels[channel].AwaitsSnapshot = _channels[channel].Last < 0;
                if (_channels[channel].Last >= 0)
                {
                    from[LiveChannels.Names[channel]] = _channels[channel].Last;
                }
            }

            return JsonSerializer.SerializeToUtf8Bytes(new { op = "subscribe", channels = LiveChannels.Names, from });
        }
    }

    private void Take(LiveMessage? message)
    {
        if (message is null)
        {
            return;
        }

        ImmutableArray<LiveMember> members;
        lock (_lock)
        {
            members = _members;
            var history = _channels[message.Channel];
            switch (message.Kind)
            {
                case LiveKind.Change:
                    history.Add(message);
                    break;
                case LiveKind.Snapshot:
                    history.Begin(message);
                    BeginWaiting(message);
                    return;
                case LiveKind.Gap:
                    history.AwaitsSnapshot = true;
                    TellGap(message);
                    return;
            }
        }

        foreach (var member in members)
        {
            member.Offer(message);
        }
    }

    /// <summary>Those who had begun hear of the gap and wait for the snapshot with the others.</summary>
    private void TellGap(LiveMessage gap)
    {
        foreach (var member in _members.Where(member => member.Listens(gap.Channel) && !member.IsWaiting(gap.Channel)))
        {
            member.Await(gap.Channel);
            member.Client.Offer(gap);
        }
    }

    private void BeginWaiting(LiveMessage snapshot)
    {
        foreach (var member in _members.Where(member => member.IsWaiting(snapshot.Channel)))
        {
            Begin(member, snapshot);
        }
    }

    private void Connect()
    {
        lock (_lock)
        {
            if (!IsConnected)
            {
                IsConnected = true;
                TellStatus();
                Connected(logger, AccountId);
                Refresh();
            }
        }
    }

    private void Disconnect(string reason)
    {
        lock (_lock)
        {
            var wasConnected = IsConnected;
            IsConnected = false;
            if (wasConnected)
            {
                TellStatus();
            }

            Disconnected(logger, AccountId, reason);
        }
    }

    private void TellStatus()
    {
        var status = Status();
        foreach (var client in _members.Select(member => member.Client).Distinct())
        {
            client.Offer(status);
        }
    }

    /// <summary>Asks for snapshots that members wait for and the subscription will not bring.</summary>
    private void Refresh()
    {
        if (IsConnected && _refreshing.IsCompleted && Missing() is { Length: > 0 } missing)
        {
            _refreshing = RefreshAsync(missing);
        }
    }

    private string[] Missing() =>
        [.. LiveChannels.Names.Where((_, channel) => !_channels[channel].AwaitsSnapshot && _members.Any(member => member.IsWaiting(channel)))];

    private async Task RefreshAsync(string[] channels)
    {
        await Task.Yield();
        var wish = JsonSerializer.SerializeToUtf8Bytes(new { op = "subscribe", channels });
        var left = channels.Length;
        try
        {
            await foreach (var reply in engines.SubscribeAsync(account, wish, _ended.Token))
            {
                if (!reply.More)
                {
                    Disconnected(logger, AccountId, reply.Result == ProxyResult.NoError ? reply.Message : reply.Detail);
                    break;
                }

                if (LiveMessage.Read(AccountId, reply.Data) is { Kind: LiveKind.Snapshot } snapshot)
                {
                    lock (_lock)
                    {
                        _channels[snapshot.Channel].Refresh(snapshot);
                        BeginWaiting(snapshot);
                    }

                    if (--left == 0)
                    {
                        break;
                    }
                }
            }

            // Who came meanwhile may wait for another channel; a failure is tried again after a pause.
            await Task.Delay(left == 0 ? TimeSpan.Zero : FirstPause, time, _ended.Token);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            return;
        }

        lock (_lock)
        {
            _refreshing = Task.CompletedTask;
            Refresh();
        }
    }

    private LiveMessage Status() => LiveMessage.Notice(
        "status", AccountId, time.GetUtcNow(), IsConnected ? """{"engine":"connected"}""" : """{"engine":"disconnected"}""");

    private LiveMessage Gap(int channel, long seq) =>
        LiveMessage.Of(LiveKind.Gap, AccountId, channel, seq, LiveMessage.Text(time.GetUtcNow()), "{}"u8);

    [LoggerMessage(3200, LogLevel.Debug, "Account {AccountId} tells its changes live")]
    private static partial void Connected(ILogger logger, string accountId);

    [LoggerMessage(3201, LogLevel.Information, "Account {AccountId} tells no changes: {Reason}")]
    private static partial void Disconnected(ILogger logger, string accountId, string reason);
}
