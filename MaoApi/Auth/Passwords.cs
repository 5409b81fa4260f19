using System.Security.Cryptography;
using MaoApi.Data.Entities;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace MaoApi.Auth;

/// <summary>Password hashes by the framework's hasher. Checking one is slow on purpose, so only few are checked at once.</summary>
internal sealed class Passwords : IDisposable
{
    private const int MaxAtOnce = 4;

    /// <summary>Without letters and digits that are read as one another.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private const int GeneratedLength = 20;

    private readonly PasswordHasher<Credential> _hasher;
    private readonly SemaphoreSlim _gate = new(MaxAtOnce);
    private readonly string _nobody;

    public Passwords(IOptions<PasswordHasherOptions> options)
    {
        _hasher = new PasswordHasher<Credential>(options);
        _nobody = Hash(Generate());
    }

    /// <summary>A password nobody guesses, about 116 bits.</summary>
    public static string Generate() => RandomNumberGenerator.GetString(Alphabet, GeneratedLength);

    public string Hash(string password) => _hasher.HashPassword(null!, password);

    /// <summary>Whether the password is the credential's. Without a credential the same work is done, and the answer is no.</summary>
    public async Task<bool> VerifyAsync(Credential? credential, string password, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var result = _hasher.VerifyHashedPassword(null!, credential?.Hash ?? _nobody, password);
            return credential is not null && result != PasswordVerificationResult.Failed;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
