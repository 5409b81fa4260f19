namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>One emulator for the tests of a class: it takes its time to start, and does so only when a test asks for it.</summary>
public sealed class SharedEmulator : IAsyncLifetime
{
    private FirebaseEmulator? _emulator;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }

    /// <summary>The emulator, started by the first who asks; tests of a class run one after the other.</summary>
    internal async Task<FirebaseEmulator> GetAsync() => _emulator ??= await FirebaseEmulator.StartAsync();
}
