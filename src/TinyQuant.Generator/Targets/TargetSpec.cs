namespace TinyQuant.Generator;

/// <summary>
/// What the code and the weights depend on of the type that the attribute stands on: no positions, no budgets.
/// </summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="ContainingTypes">Headers of the types around it, outermost first, such as <c>partial class
/// Program</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsStruct">A struct holds its arena inline; a class in one array.</param>
/// <param name="Members">What the user declares in it, each as <see cref="MemberKey"/> writes it.</param>
internal sealed record TargetShape(
    string Namespace, EquatableArray<string> ContainingTypes, string Name, bool IsStruct,
    EquatableArray<string> Members)
{
    /// <summary>
    /// A name for the generated files; another type of the project may have it in other letters' case.
    /// </summary>
    public string HintName
    {
        get
        {
            IEnumerable<string> outer = ContainingTypes.Select(header => header.Substring(header.LastIndexOf(' ') + 1));
            return string.Join(".", new[] { Namespace }.Concat(outer).Append(Name).Where(part => part.Length > 0))
                .Replace("@", "");
        }
    }
}

/// <summary>The budgets of the attribute; 0 where there is none.</summary>
internal sealed record Budgets(
    int MaxWeightBytes, int MaxArenaBytes, long MaxMacs, double MinAccuracy, bool AllowLargeStruct);

/// <summary>A use of the attribute.</summary>
/// <param name="Shape">The type it stands on.</param>
/// <param name="ModelPath">The path it names.</param>
/// <param name="Budgets">What the model may cost.</param>
/// <param name="Location">The path's position, or the attribute's.</param>
/// <param name="Arguments">The positions of its named arguments.</param>
/// <param name="Name">The position of the type's name.</param>
/// <param name="Members">The positions of what the user declares in the type, under the keys of the shape.</param>
/// <param name="Errors">Why the type cannot hold a model.</param>
internal sealed record TargetSpec(
    TargetShape Shape, string ModelPath, Budgets Budgets, LocationInfo Location,
    EquatableArray<NamedLocation> Arguments,
    LocationInfo Name, EquatableArray<NamedLocation> Members, EquatableArray<DiagnosticInfo> Errors)
{
    /// <summary>
    /// The position of a budget, or of the path where the attribute is written in a way that has none.
    /// </summary>
    public LocationInfo LocationOf(string argument) =>
        Arguments.FirstOrDefault(a => a.Name == argument)?.Location ?? Location;
}

/// <summary>Where a named argument or a member stands.</summary>
internal sealed record NamedLocation(string Name, LocationInfo Location);
