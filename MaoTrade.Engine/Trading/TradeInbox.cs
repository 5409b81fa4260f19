using System.Threading.Channels;
using MaoTrade.Engine.Trading.Commands;
using MaoTrade.Engine.Trading.Inputs;

namespace MaoTrade.Engine.Trading;

/// <summary>
/// What waits for the trade loop. Commands are refused (429) when <see cref="MostCommands"/> wait; what the broker says
/// waits for room, and so stops the reading from the broker. Thread-safe.
/// </summary>
public sealed class TradeInbox
{
    /// <summary>Commands that may wait.</summary>
    public const int MostCommands = 1_000;

    private const int Capacity = 4_096;

    private readonly Channel<TradeInput> _inputs = Channel.CreateBounded<TradeInput>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private int _commands;

    public ChannelReader<TradeInput> Reader => _inputs.Reader;

    /// <summary>Puts a command in; false when too many wait.</summary>
    public bool TryPost(CommandTicket ticket, TradeCommand command)
    {
        if (Interlocked.Increment(ref _commands) <= MostCommands && _inputs.Writer.TryWrite(new CommandInput(ticket, command)))
        {
            return true;
        }

        Interlocked.Decrement(ref _commands);
        return false;
    }

    /// <summary>Puts an input in, waiting for room.</summary>
    public ValueTask PostAsync(TradeInput input, CancellationToken cancellationToken) => _inputs.Writer.WriteAsync(input, cancellationToken);

    /// <summary>Takes an input out; only the loop does.</summary>
    public bool TryTake(out TradeInput? input)
    {
        if (!_inputs.Reader.TryRead(out input))
        {
            return false;
        }

        if (input is CommandInput)
        {
            Interlocked.Decrement(ref _commands);
        }

        return true;
    }

    /// <summary>Empties what waits when its session is gone; commands are told so.</summary>
    public void Drain(Server.ServiceReply reply)
    {
        while (TryTake(out var input))
        {
            (input as CommandInput)?.Ticket.Answer(reply);
        }
    }
}
