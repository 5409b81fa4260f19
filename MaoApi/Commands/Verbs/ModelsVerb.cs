using System.CommandLine;
using MaoApi.Commands.Output;
using MaoApi.Commands.Rest;
using MaoApi.Models;
using MaoTrade.Market.Models;

namespace MaoApi.Commands.Verbs;

/// <summary>Trained models: taking files in, what there is, which version is used.</summary>
internal static class ModelsVerb
{
    private static readonly Argument<string> FileName = new("file") { Description = "a model file that the training wrote" };
    private static readonly Argument<string> ModelName = new("name") { Description = "name of the model" };
    private static readonly Argument<string?> ModelVersion = new("version")
    {
        Description = "its version; left out with --account: the version all accounts use",
        DefaultValueFactory = _ => null,
    };

    public static Verb Create(CommandConsole console)
    {
        var verb = new Verb("models", "Takes in trained models and chooses the version in use", "models import direction-2.maomodel", "models activate direction 2");
        var import = new Verb("import", "Checks a model file and stores it in the database of this machine", "models import direction-2.maomodel")
            .With(CommonOptions.OfFolder).Do(console, ImportAsync);
        import.Arguments.Add(FileName);
        verb.Subcommands.Add(import);
        verb.Subcommands.Add(new Verb("list", "Versions with what they achieved in their test and how far the market has moved since", "models list", "models list --json")
            .With(CommonOptions.OfRest).Do(console, ListAsync));
        var activate = new Verb(
                "activate", "Chooses the version that all accounts use, or one account", "models activate direction 2", "models activate direction 2 --account demo1",
                "models activate direction --account demo1")
            .With(CommonOptions.OfRest).Do(console, ActivateAsync);
        activate.Arguments.Add(ModelName);
        activate.Arguments.Add(ModelVersion);
        verb.Subcommands.Add(activate);
        return verb;
    }

    private static async Task ImportAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var path = run.Get(FileName);
        await using var local = await run.OpenFolderAsync(cancellationToken);
        try
        {
            var file = new FileInfo(path);
            if (file is { Exists: true, Length: > ModelLimits.MostBytes })
            {
                throw new ModelFileException($"it is too large: it has {file.Length} bytes, at most {ModelLimits.MostBytes} are taken");
            }

            var (version, isNew) = await local.Get<ModelStore>().AddAsync(file.Name, await File.ReadAllBytesAsync(path, cancellationToken), cancellationToken);
            run.Show(
                CommandJson.Of(new { name = version.Name, modelVersion = version.ModelVersionId, sha256 = version.Sha256, sizeBytes = version.SizeBytes, imported = isNew }),
                data => JsonCells.SheetOf(data, "name", "modelVersion", "sha256", "sizeBytes", "imported"));
        }
        catch (Exception fault) when (fault is ModelFileException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(CommandExit.Refused, $"{path}: {fault.Message}");
        }
    }

    private static async Task ListAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var data = await api.PostAsync("/admin/models/list", new { limit = 200 }, cancellationToken);
        run.Show(data, list => JsonCells.TableOf(list.GetProperty("items"), "name", "modelVersion", "active", "rows", "created", "sha256"));
    }

    private static async Task ActivateAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var api = await run.ConnectAsync(ApiUser.Administrator, cancellationToken);
        var data = await api.PostAsync(
            "/admin/models/activate", new { name = run.Get(ModelName), modelVersion = run.Get(ModelVersion), accountId = run.Account }, cancellationToken);
        run.Show(data, model => JsonCells.SheetOf(model, "name", "modelVersion", "active", "sha256"));
    }
}
