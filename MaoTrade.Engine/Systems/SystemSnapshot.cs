namespace MaoTrade.Engine.Systems;

/// <summary>
/// A system's state at the end of a call. Its text is made when somebody asks for it, at the latest before the system is
/// called again; a store that keeps no texts does not pay for them. Owned by the trade loop.
/// </summary>
public sealed class SystemSnapshot
{
    private TradingSystem? _system;
    private string? _document;

    internal SystemSnapshot(TradingSystem system) => _system = system;

    /// <summary>A text that is there already.</summary>
    public SystemSnapshot(string document) => _document = document;

    /// <summary>The text to store (<see cref="SystemStateDocument"/>).</summary>
    /// <exception cref="InvalidOperationException">It was let go without anybody asking.</exception>
    public string Document
    {
        get
        {
            if (_document is null)
            {
                var system = _system ?? throw new InvalidOperationException("The snapshot is gone");
                _document = system.WriteState();
                _system = null;
            }

            return _document;
        }
    }

    /// <summary>The system is about to change: what is still wanted is written now.</summary>
    internal void Freeze()
    {
        if (_system is not null)
        {
            _ = Document;
        }
    }

    /// <summary>Nobody will ask any more.</summary>
    internal void LetGo() => _system = null;
}
