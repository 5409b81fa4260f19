using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MaoTrade.Tests.Api.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MaoTrade.Tests.Api.Auth.Firebase;

/// <summary>An issuer of ID tokens that publishes its certificates over HTTP, rotates them, and can be away.</summary>
internal sealed class FakeGoogle : IAsyncDisposable
{
    public const string Project = "demo-mao";

    private readonly WebApplication _app;
    private readonly List<(string KeyId, RSA Key, X509Certificate2 Certificate)> _keys = [];
    private int _fetches;

    private FakeGoogle(DateTimeOffset now)
    {
        Now = now;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.UseRouting();
        _app.MapGet("/keys", AnswerAsync);
        Rotate();
    }

    /// <summary>The present, for certificates and tokens.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>How long the answer may be kept; null leaves it unsaid.</summary>
    public TimeSpan? MaxAge { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Answers 503 while true.</summary>
    public bool IsAway { get; set; }

    /// <summary>Answers only when this is done.</summary>
    public Task Until { get; set; } = Task.CompletedTask;

    /// <summary>What to answer instead of the certificates.</summary>
    public string? Instead { get; set; }

    public int Fetches => Volatile.Read(ref _fetches);

    public Uri Keys => new(_app.Urls.First() + "/keys");

    public static async Task<FakeGoogle> StartAsync(DateTimeOffset now)
    {
        var google = new FakeGoogle(now);
        await google._app.StartAsync();
        return google;
    }

    /// <summary>Publishes a new key, which signs from now on, beside the one before.</summary>
    public void Rotate(TimeSpan? lifetime = null)
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=securetoken", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        _keys.Add(($"key{_keys.Count}", key, request.CreateSelfSigned(Now.AddHours(-1), Now + (lifetime ?? TimeSpan.FromDays(16)))));
    }

    /// <summary>Forgets all keys but the newest.</summary>
    public void Withdraw() => _keys.RemoveRange(0, _keys.Count - 1);

    public string Token(
        string subject = "owner",
        string? issuer = null,
        string? audience = null,
        TimeSpan? issued = null,
        TimeSpan? authenticated = null,
        TimeSpan? lifetime = null,
        string? keyId = null,
        SecurityKey? key = null,
        string algorithm = SecurityAlgorithms.RsaSha256,
        string? without = null)
    {
        var iat = Now + (issued ?? TimeSpan.Zero);
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = issuer ?? "https://securetoken.google.com/" + Project,
            ["aud"] = audience ?? Project,
            ["sub"] = subject,
            ["iat"] = iat.ToUnixTimeSeconds(),
            ["exp"] = (iat + (lifetime ?? TimeSpan.FromHours(1))).ToUnixTimeSeconds(),
            ["auth_time"] = (Now + (authenticated ?? TimeSpan.Zero)).ToUnixTimeSeconds(),
        };
        claims.Remove(without ?? "");
        key ??= new RsaSecurityKey(_keys[^1].Key);
        key.KeyId = keyId ?? _keys[^1].KeyId;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            SigningCredentials = new SigningCredentials(key, algorithm) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } },
        });
    }

    /// <summary>The published key itself, as a forger would use it for an HMAC.</summary>
    public SymmetricSecurityKey PublicKeyAsSecret() => new(_keys[^1].Key.ExportSubjectPublicKeyInfo());

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _keys.ForEach(key => key.Key.Dispose());
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _fetches);
        await Until.Within("nobody let Google answer");
        if (IsAway)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (MaxAge is { } age)
        {
            context.Response.Headers.CacheControl = $"public, max-age={(long)age.TotalSeconds}, must-revalidate, no-transform";
        }

        if (Instead is { } instead)
        {
            await context.Response.WriteAsync(instead);
            return;
        }

        await context.Response.WriteAsJsonAsync(_keys.ToDictionary(key => key.KeyId, key => key.Certificate.ExportCertificatePem()));
    }
}
