using MaoApi.Features.Admin;

namespace MaoTrade.Tests.Api.Features.Admin;

public sealed class AuditTextTests
{
    [Fact]
    public void Members_that_sound_like_a_secret_are_hidden_at_every_depth()
    {
        var text = AuditText.Of(new
        {
            Name = "ig",
            HasSecret = true,
            Config = new { ApiKey = "a-visible", Accounts = new[] { new { Password = "b-visible", User = "ada" } }, Token = (string?)null },
        });

        text.Should().Be("""{"name":"ig","hasSecret":true,"config":{"apiKey":"***","accounts":[{"password":"***","user":"ada"}],"token":null}}""");
    }
}
