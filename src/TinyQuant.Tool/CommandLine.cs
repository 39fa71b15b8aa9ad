using System.CommandLine;
using TinyQuant.Tool.Commands;

namespace TinyQuant.Tool;

/// <summary>All commands, with their arguments and options.</summary>
internal static class CommandLine
{
    public static RootCommand Create() =>
        new("TinyQuant: models for small devices, quantized, baked into C# and run without the heap.")
    {
        TrainCommand.Create(),
        QuantizeCommand.Create(),
        CompareCommand.Create(),
        DataCommand.Create(),
        ImportCommand.Create(),
        ExportCommand.Create(),
        HeaderCommand.Create(),
        InspectCommand.Create(),
        ReportCommand.Create(),
        VerifyCommand.Create(),
        SizeCommand.Create(),
    };
}
