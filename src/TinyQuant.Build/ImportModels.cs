using Microsoft.Build.Framework;
using TinyQuant.Data.IO;
using TinyQuant.Import;
using TinyQuant.Model;

namespace TinyQuant.Build;

/// <summary>
/// Imports models of other formats into .tqm files, each whole or not at all, and those that were imported from the
/// same bytes before not again. Everything that stands against a model is an error at its file; the other models are
/// imported all the same.
/// </summary>
public sealed class ImportModels : Microsoft.Build.Utilities.Task, ICancelableTask
{
    private volatile bool _cancelled;

    /// <summary>
    /// The files, with the metadata <c>ModelFile</c>, and <c>Rounding</c>, <c>ModelName</c> and those of
    /// <see cref="SourceSetting"/> where the user gave them.
    /// </summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <inheritdoc/>
    public void Cancel() => _cancelled = true;

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (ITaskItem model in Models)
        {
            if (_cancelled)
            {
                return false;
            }

            Import(model);
        }

        return !Log.HasLoggedErrors;
    }

    private void Import(ITaskItem model)
    {
        string path = model.GetMetadata("FullPath");
        string output = model.GetMetadata("ModelFile");
        try
        {
            byte[] source = WholeFile.ReadAllBytes(path);
            var beside = new BesideFiles(Path.GetDirectoryName(path)!);
            ImportOptions options = OptionsOf(model) with { ExternalData = beside.Read };
            var record = new ImportRecord(output, beside);
            if (record.IsOf(source, options))
            {
                return;
            }

            ImportResult result = ModelImporter.ByName(path)!.Import(source, options); // CheckModels has seen the name
            foreach (ImportError error in result.Errors)
            {
                Log.Error(ErrorCodes.NotImported, path, error.ToString());
            }

            if (result.Signature is { } signature && options.Signature is null)
            {
                Log.Message(MessageImportance.High,
                    $"{model.ItemSpec}: {signature}; Signature=\"NAME\" on the item takes another");
            }

            if (result.Valid is not { } valid)
            {
                record.Delete();
                return;
            }

            AtomicFile.WriteAllText(output, ModelWriter.Write(valid));
            record.Write(source, options);
            Log.Message(MessageImportance.Normal, $"Imported {model.ItemSpec} -> {output}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.Error(ErrorCodes.NotImported, path, e.Message);
        }
    }

    private static ImportOptions OptionsOf(ITaskItem model)
    {
        string name = model.GetMetadata("ModelName");
        return SourceMetadata.Of(model, new ImportOptions
        {
            Name = name.Length > 0 ? name : null,
            DefaultName = model.GetMetadata("Filename"),
            Rounding = Roundings.TryParse(model.GetMetadata("Rounding"), out Rounding rounding)
                ? rounding
                : Rounding.Double,
        });
    }
}
