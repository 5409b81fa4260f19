using System.Security.Cryptography;
using MaoApi.Commands.Output;
using MaoApi.Secrets;

namespace MaoApi.Commands.Verbs;

/// <summary>The keys stored secrets are encrypted with.</summary>
internal static class KeysVerb
{
    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("keys", "The keys stored secrets are encrypted with", "keys rotate");
        verb.Subcommands.Add(new Verb(
                "rotate",
                "Makes a new key in the data folder of this machine and encrypts everything stored anew; a gateway may run. One that was interrupted is finished",
                "keys rotate",
                "keys rotate --data-dir /var/lib/mao --json")
            .With(CommonOptions.OfFolder)
            .Do(console, RotateAsync));
        return verb;
    }

    private static async Task RotateAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var local = await run.OpenFolderAsync(cancellationToken);
        try
        {
            var report = await local.Get<SecretRotation>().RotateAsync(cancellationToken);
            run.Show(
                CommandJson.Of(new { keyId = report.KeyId, isNew = report.IsNew, encrypted = report.Encrypted, signingKeysRemoved = report.SigningKeysRemoved }),
                data => JsonCells.SheetOf(data, "keyId", "isNew", "encrypted", "signingKeysRemoved"));
        }
        catch (Exception fault) when (fault is SecretUnreadableException or CryptographicException)
        {
            throw new CommandException(CommandExit.Refused, $"keys: {fault.Message}");
        }
    }
}
