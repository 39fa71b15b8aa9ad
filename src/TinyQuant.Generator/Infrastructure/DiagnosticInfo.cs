using Microsoft.CodeAnalysis;
using TinyQuant.Model;

namespace TinyQuant.Generator;

/// <summary>A diagnostic by value; it becomes a real one only where it is reported.</summary>
internal sealed record DiagnosticInfo(
    DiagnosticDescriptor Descriptor, LocationInfo Location, EquatableArray<string> Arguments)
{
    public DiagnosticInfo(DiagnosticDescriptor descriptor, LocationInfo location, params string[] arguments)
        : this(descriptor, location, new EquatableArray<string>([.. arguments]))
    {
    }

    /// <summary>With names as they can be printed: the compiler writes messages as they are.</summary>
    public Diagnostic ToDiagnostic(Compilation compilation) =>
        Diagnostic.Create(Descriptor, Location.ToLocation(compilation), [.. Arguments.Items.Select(Printable.Text)]);
}
