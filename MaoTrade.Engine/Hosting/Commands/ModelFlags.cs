using MaoTrade.Engine.Models;
using MaoTrade.Market.Features;
using MaoTrade.Market.Models;

namespace MaoTrade.Engine.Hosting.Commands;

/// <summary>Model files named on the command line.</summary>
internal static class ModelFlags
{
    /// <summary>Reads them; what cannot be used is a fault.</summary>
    public static ModelSet Read(IReadOnlyList<string> paths, ICollection<string> faults)
    {
        var files = new List<LoadedModel>();
        foreach (var path in paths)
        {
            try
            {
                var file = new LoadedModel(path, ModelFile.Read(path, FeatureNames.All));
                if (files.Exists(other => other.Model.Name == file.Model.Name))
                {
                    faults.Add($"model: {path}: the model {file.Model.Name} stands there more than once");
                    continue;
                }

                files.Add(file);
            }
            catch (ModelFileException fault)
            {
                faults.Add($"model: {path}: {fault.Message}");
            }
        }

        return files.Count == 0 ? ModelSet.None : new ModelSet(files);
    }
}
