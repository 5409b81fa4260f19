using System.ComponentModel.DataAnnotations;
using MaoApi.Auth;
using MaoApi.Data;
using MaoApi.Data.Entities;
using MaoApi.Http;
using Microsoft.EntityFrameworkCore;

namespace MaoApi.Features.Auth;

public sealed record CreateAccessTokenRequest
{
    /// <summary>What the token is for, in the user's words.</summary>
    [Required]
    [StringLength(100)]
    public string? Name { get; init; }

    /// <summary><c>read</c> or <c>trade</c>.</summary>
    [Required]
    [AllowedValues(AccessTokenScopes.Read, AccessTokenScopes.Trade)]
    public string? Scope { get; init; }

    /// <summary>Days until it ends, at most a year.</summary>
    [Range(1, 365)]
    public int Days { get; init; } = 90;
}

/// <summary>A token just made; the only answer that holds it.</summary>
internal sealed record NewAccessToken(string TokenId, string Token, string Name, string Scope, DateTimeOffset Expires);

/// <summary>A token as shown to its user.</summary>
internal sealed record AccessTokenView(string TokenId, string Name, string Scope, DateTimeOffset Created, DateTimeOffset Expires, bool Revoked);

internal static class AccessTokens
{
    private const int MaxAlive = 50;

    public static async Task<Answer<ItemList<AccessTokenView>>> ListAsync(
        Caller caller, IDbContextFactory<MaoHomeContext> contexts, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return new ItemList<AccessTokenView>(await context.AccessTokens.AsNoTracking()
            .Where(token => token.UserKey == caller.UserKey)
            .OrderBy(token => token.Id)
            .Select(token => new AccessTokenView(
                token.TokenId, token.Name, token.Scope, token.Created, token.Expires, token.Revoked != null))
            .ToListAsync(cancellationToken));
    }

    public static async Task<Answer<NewAccessToken>> CreateAsync(
        CreateAccessTokenRequest request,
        Caller caller,
        IDbContextFactory<MaoHomeContext> contexts,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        await context.AccessTokens.Where(token => token.UserKey == caller.UserKey && (token.Expires <= now || token.Revoked != null))
            .ExecuteDeleteAsync(cancellationToken);
        if (await context.AccessTokens.CountAsync(token => token.UserKey == caller.UserKey, cancellationToken) >= MaxAlive)
        {
            return Failure.Invalid("", "invalid", $"a user has at most {MaxAlive} tokens: revoke one first");
        }

        var token = PersonalTokens.Generate();
        var row = new AccessToken
        {
            UserKey = caller.UserKey,
            TokenId = Guid.CreateVersion7(now).ToString("N"),
            Name = request.Name!,
            TokenHash = TokenHash.Of(token).ToHex(),
            Scope = request.Scope!,
            Created = now,
            Expires = now + TimeSpan.FromDays(request.Days),
        };
        context.AccessTokens.Add(row);
        await context.SaveChangesAsync(cancellationToken);
        return new NewAccessToken(row.TokenId, token, row.Name, row.Scope, row.Expires);
    }

    public static async Task<Answer<Nothing>> RevokeAsync(
        string tokenId,
        Caller caller,
        IDbContextFactory<MaoHomeContext> contexts,
        PersonalTokens tokens,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var revoked = await context.AccessTokens
            .Where(token => token.TokenId == tokenId && token.UserKey == caller.UserKey)
            .ExecuteUpdateAsync(token => token.SetProperty(row => row.Revoked, row => row.Revoked ?? now), cancellationToken);
        tokens.Drop();
        return revoked == 0 ? Failure.Of(ApiCodes.EngineNotFound) : new Nothing();
    }
}
