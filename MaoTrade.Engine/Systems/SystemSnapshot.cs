namespace MaoTrade.Engine.Systems;

/// <summary>
/// A system's state at the end of a call. Its text is made when somebody asks for it, at the latest before the system is
/// called again while the snapshot is not yet committed: a store that keeps no texts does not pay for them. Owned by the
/// trade loop.
/// </summary>
public sealed class SystemSnapshot
{
    private readonly long _revision;
    private TradingSystem? _system;
    private string? _document;
    private bool _isCommitted;

    internal SystemSnapshot(TradingSystem system)
    {
        _system = system;
        _revision = system.State.Revision;
    }

    /// <summary>A text that is there already.</summary>
    public SystemSnapshot(string document) => _document = document;

    /// <summary>The text to store (<see cref="SystemStateDocument"/>).</summary>
    /// <exception cref="InvalidOperationException">It was committed without anybody asking, and the system has changed since.</exception>
    public string Document
    {
        get
        {
            if (_document is null)
            {
                _document = _system!.State.Revision == _revision
                    ? _system.WriteState()
                    : throw new InvalidOperationException("The state has changed since, and nobody asked for it before");
                _system = null;
            }

            return _document;
        }
    }

    /// <summary>The system is about to change: what is still to be committed is written now.</summary>
    internal void Freeze()
    {
        if (!_isCommitted)
        {
            _ = Document;
        }
    }

    /// <summary>It is stored: whoever did not ask for the text may still do so until the system changes.</summary>
    internal void Commit() => _isCommitted = true;
}
