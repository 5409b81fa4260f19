using MaoTrade.Market.Frames;

namespace MaoTrade.Engine.Testing.Simulation;

/// <summary>The last frames, as many as are kept.</summary>
internal sealed class FrameRing(int capacity)
{
    private Frame[] _frames = new Frame[Math.Max(1, capacity)];
    private int _next;
    private int _count;

    public void Add(in Frame frame)
    {
        _frames[_next] = frame;
        _next = _next + 1 == _frames.Length ? 0 : _next + 1;
        _count = Math.Min(_count + 1, _frames.Length);
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Frame> ToList()
    {
        var list = new Frame[_count];
        var first = _next - _count + (_next < _count ? _frames.Length : 0);
        for (var i = 0; i < _count; i++)
        {
            list[i] = _frames[(first + i) % _frames.Length];
        }

        return list;
    }

    public FrameRing Copy() => new(_frames.Length)
    {
        _frames = [.. _frames],
        _next = _next,
        _count = _count,
    };
}
