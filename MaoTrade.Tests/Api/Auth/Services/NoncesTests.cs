using MaoApi.Auth.Services;
using MaoTrade.Tests.Support;

namespace MaoTrade.Tests.Api.Auth.Services;

public sealed class NoncesTests
{
    [Fact]
    public void A_nonce_is_good_once_for_each_key()
    {
        var nonces = new Nonces(new FakeClock());

        nonces.Use("a", "1").Should().Be(NonceUse.Fresh);
        nonces.Use("a", "1").Should().Be(NonceUse.Replayed);
        nonces.Use("b", "1").Should().Be(NonceUse.Fresh);
    }

    [Fact]
    public void A_nonce_is_remembered_for_as_long_as_its_request_could_be_accepted()
    {
        var clock = new FakeClock();
        var nonces = new Nonces(clock);
        nonces.Use("a", "1");

        // Signed half a minute ahead of our clock, the request is good for the longest time: a minute, and what rounding adds.
        clock.Advance(TimeSpan.FromSeconds(61));
        nonces.Use("a", "1").Should().Be(NonceUse.Replayed);

        clock.Advance(TimeSpan.FromSeconds(2));
        nonces.Use("a", "1").Should().Be(NonceUse.Fresh);
    }

    [Fact]
    public void A_key_that_fills_its_room_is_held_up_alone_and_not_for_ever()
    {
        var clock = new FakeClock();
        var nonces = new Nonces(clock);
        for (var i = 0; i < Nonces.MaxPerKey; i++)
        {
            nonces.Use("flood", $"{i}").Should().Be(NonceUse.Fresh);
        }

        nonces.Use("flood", "more").Should().Be(NonceUse.TooMany);
        nonces.Use("other", "more").Should().Be(NonceUse.Fresh);
        clock.Skip(Nonces.Memory + TimeSpan.FromSeconds(1));
        nonces.Use("flood", "more").Should().Be(NonceUse.Fresh);
    }
}
