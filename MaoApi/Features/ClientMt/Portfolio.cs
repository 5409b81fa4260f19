using System.Text;
using System.Text.Json;
using MaoApi.Auth;
using MaoApi.Engines;
using MaoApi.Http;

namespace MaoApi.Features.ClientMt;

/// <summary>The hottest route: the engines' bytes go through unparsed.</summary>
internal static class Portfolio
{
    private static readonly ReadOnlyMemory<byte> Begin = """{"accounts":["""u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Comma = ","u8.ToArray();
    private static readonly ReadOnlyMemory<byte> EndOfAccount = "}"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> NoPortfolio = "null"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> End = "]}"u8.ToArray();

    public static async Task<IResult> HandleAsync(
        string? accountId, Caller caller, HttpContext http, EngineGateway engines, CancellationToken cancellationToken)
    {
        var named = !string.IsNullOrEmpty(accountId);
        AuthorizedAccount[] accounts;
        if (named)
        {
            if (AuthorizedAccount.Refuse(caller, accountId, AccountLevel.Read, out var account) is { } refusal)
            {
                return refusal;
            }

            accounts = [account!];
        }
        else
        {
            accounts = AuthorizedAccount.AllOf(caller, AccountLevel.Read);
        }

        var reads = new EngineRead[accounts.Length];
        if (accounts.Length == 1)
        {
            reads[0] = await engines.ReadPortfolioAsync(accounts[0], http.RequestId(), cancellationToken);
        }
        else
        {
            await Parallel.ForAsync(0, accounts.Length, cancellationToken, async (index, token) =>
                reads[index] = await engines.ReadPortfolioAsync(accounts[index], http.RequestId(), token));
        }

        return accounts.Length > 0 && Array.TrueForAll(reads, read => read.Failure is not null)
            ? reads[0].Failure!
            : new PortfolioAnswer(accounts, reads);
    }

    private sealed class PortfolioAnswer(AuthorizedAccount[] accounts, EngineRead[] reads) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var parts = new List<ReadOnlyMemory<byte>>(2 + (accounts.Length * 4)) { Begin };
            for (var i = 0; i < accounts.Length; i++)
            {
                if (i > 0)
                {
                    parts.Add(Comma);
                }

                var failure = reads[i].Failure;
                parts.Add(BeginOfAccount(accounts[i].AccountId, failure));
                parts.Add(failure is null ? reads[i].Data : NoPortfolio);
                parts.Add(EndOfAccount);
            }

            parts.Add(End);
            return new RawEnvelope(0, "").WriteAsync(httpContext, parts);
        }

        private static byte[] BeginOfAccount(string accountId, Failure? failure) => Encoding.UTF8.GetBytes(
            $$"""{"accountId":"{{accountId}}","code":{{failure?.Code.Code ?? 0}},"message":"{{JsonEncodedText.Encode(failure?.Message ?? "")}}","portfolio":""");
    }
}
