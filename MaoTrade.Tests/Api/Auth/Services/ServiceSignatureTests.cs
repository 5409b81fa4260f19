using System.Security.Cryptography;
using MaoApi.Auth.Services;

namespace MaoTrade.Tests.Api.Auth.Services;

public sealed class ServiceSignatureTests
{
    /// <summary>Worked out with Python's hmac and hashlib.</summary>
    [Theory]
    [InlineData("POST", "/srv/ticker?q=a%20b", "{\"a\":1}", "eFA4GDrSOVBU4Ta+5F+sCVdAtCYCFXUOcse8zR4Jtzo=")]
    [InlineData("GET", "/mt/config", "", "gbyOf5mXkow3DE5EZLixDc3bnHxXWT82GhZTY+Q8QHs=")]
    public void The_signature_is_that_of_an_independent_implementation(string method, string target, string body, string signature)
    {
        var text = ServiceSignature.Text(
            method, target, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(body)), "1767600000", "0123456789abcdef");

        Convert.ToBase64String(ServiceSignature.Compute("open sesame, said the engine"u8, text)).Should().Be(signature);
    }
}
