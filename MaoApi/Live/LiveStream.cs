using System.Buffers;
using System.Text;

namespace MaoApi.Live;

/// <summary>
/// A client of <c>text/event-stream</c>. The id of each event lists the last number of every channel it listens to,
/// <c>orders:12,trades:7</c>: the last id alone says where to go on.
/// </summary>
internal sealed class LiveStream(HttpResponse response, CancellationTokenSource ended, TimeProvider time) : LiveClient(time)
{
    private readonly long[] _last = [-1, -1, -1, -1, -1];

    public override bool Speaks => false;

    /// <summary>The numbers the client has already.</summary>
    public void GoOnFrom(IReadOnlyDictionary<int, long> from)
    {
        foreach (var (channel, seq) in from)
        {
            _last[channel] = seq;
        }
    }

    public override void Abort() => ended.Cancel();

    protected override async ValueTask SendAsync(LiveMessage message)
    {
        var output = response.BodyWriter;
        if (message.Channel >= 0)
        {
            _last[message.Channel] = message.Kind == LiveKind.Gap ? -1 : message.Seq;
            output.Write(Encoding.ASCII.GetBytes($"id: {Id()}\n"));
        }

        output.Write("data: "u8);
        output.Write(message.Bytes.Span);
        output.Write("\n\n"u8);
        await output.FlushAsync(ended.Token);
    }

    protected override async ValueTask SayGoodbyeAsync(LiveClose reason)
    {
        await SendAsync(LiveMessage.Error(reason.Code, reason.Reason, Now));
        await ended.CancelAsync();
    }

    private string Id() => string.Join(',', LiveChannels.Names.Select((name, channel) => (name, seq: _last[channel])).Where(pair => pair.seq >= 0)
        .Select(pair => $"{pair.name}:{pair.seq}"));
}
