using MaoApi.Engines;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Engines;

public sealed class MemoryCircuitTests : CircuitContract
{
    private readonly FakeClock _clock = new();
    private readonly MemoryCircuit _circuit;

    public MemoryCircuitTests() => _circuit = new MemoryCircuit(_clock);

    private protected override ICircuit One => _circuit;

    private protected override ICircuit Other => _circuit;

    private protected override Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }
}
