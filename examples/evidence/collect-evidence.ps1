# Writes what an administrator's commands answer into evidence/, one file a command. It changes nothing.
# Modules: Microsoft.Online.SharePoint.PowerShell, ExchangeOnlineManagement, PnP.PowerShell (leave out what you don't need).
# Run it as a SharePoint administrator and a reader of Exchange (View-Only Organization Management).
param(
  [Parameter(Mandatory)] [string] $TenantId,
  # https://contoso-admin.sharepoint.com; empty: nothing of SharePoint is collected.
  [string] $SharePointAdmin = '',
  # App registration by which PnP.PowerShell signs in; empty: SharePoint's own app principals are left out.
  [string] $PnPAppId = '',
  # Accounts that policies name, by their name at sign-in: backupadmin@contoso.example
  [string[]] $Accounts = @(),
  [string] $Folder = 'evidence'
)
# A refused command stops the script, rather than leave a file that says less.
$ErrorActionPreference = 'Stop'
New-Item -ItemType Directory -Force $Folder | Out-Null

function Save-Evidence([string] $Command, $Result) {
  [ordered]@{
    command     = $Command
    tenantId    = $TenantId
    collectedAt = (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')
    result      = $Result
  } | ConvertTo-Json -Depth 10 | Set-Content -Encoding utf8 (Join-Path $Folder "$Command.json")
}

if ($SharePointAdmin) {
  Connect-SPOService -Url $SharePointAdmin
  Save-Evidence Get-SPOTenant (Get-SPOTenant | Select-Object LegacyAuthProtocolsEnabled, DisableCustomAppAuthentication)
}
if ($SharePointAdmin -and $PnPAppId) {
  Connect-PnPOnline -Url $SharePointAdmin -Interactive -ClientId $PnPAppId
  Save-Evidence Get-PnPAzureACSPrincipal @(Get-PnPAzureACSPrincipal -Scope All -IncludeSubsites)
}

Connect-ExchangeOnline -ShowBanner:$false
# @(…) keeps a list of none, or of one, a list.
Save-Evidence Get-OrganizationConfig (Get-OrganizationConfig |
  Select-Object EwsEnabled, EwsApplicationAccessPolicy, EWSAllowedAppIDs, IsDehydrated)
Save-Evidence Get-ServicePrincipal @(Get-ServicePrincipal | Select-Object DisplayName, AppId, ObjectId, Identity, Guid)

$groups = @(Get-RoleGroup -ResultSize Unlimited)
Save-Evidence Get-RoleGroup @($groups | ForEach-Object {
    [ordered]@{ Name = $_.Name; Roles = @($_.Roles | ForEach-Object { "$_" }); Members = @($_.Members | ForEach-Object { "$_" }) }
  })
# Exchange doesn't say of which group a member is.
Save-Evidence Get-RoleGroupMember @($groups | ForEach-Object {
    $group = $_.Name
    Get-RoleGroupMember -Identity $_.Identity -ResultSize Unlimited |
      Select-Object @{ Name = 'RoleGroup'; Expression = { $group } }, Name, DisplayName, Guid, ExternalDirectoryObjectId, RecipientTypeDetails
  })
$assignments = @(Get-ManagementRoleAssignment)
Save-Evidence Get-ManagementRoleAssignment @($assignments | ForEach-Object {
    [ordered]@{
      Name = $_.Name; Role = "$($_.Role)"; App = "$($_.App)"; Enabled = [bool] $_.Enabled
      RoleAssignee = "$($_.RoleAssignee)"; RoleAssigneeName = $_.RoleAssigneeName; RoleAssigneeType = "$($_.RoleAssigneeType)"
      RecipientWriteScope = "$($_.RecipientWriteScope)"; CustomRecipientWriteScope = "$($_.CustomRecipientWriteScope)"
      CustomResourceScope = "$($_.CustomResourceScope)"
      RecipientAdministrativeUnitScope = "$($_.RecipientAdministrativeUnitScope)"
    }
  })
# Of built-in roles the commands are known: only custom ones are asked for theirs.
$custom = @(Get-ManagementRole | Where-Object { -not $_.IsRootRole })
Save-Evidence Get-ManagementRole @($custom | ForEach-Object { [ordered]@{ Name = $_.Name; Parent = "$($_.Parent)" } })
Save-Evidence Get-ManagementRoleEntry @($custom | ForEach-Object {
    Get-ManagementRoleEntry "$($_.Name)\*" | ForEach-Object { [ordered]@{ Role = "$($_.Role)"; Name = $_.Name } }
  })

Save-Evidence Get-ApplicationAccessPolicy @(Get-ApplicationAccessPolicy |
  Select-Object AppId, @{ Name = 'AccessRight'; Expression = { "$($_.AccessRight)" } }, ScopeName, ScopeIdentity)
# Of people, only those that policies speak of.
if ($Accounts) {
  Save-Evidence Get-User @($Accounts | ForEach-Object { Get-User -Identity $_ } |
    Select-Object UserPrincipalName, DisplayName, EXOModuleEnabled)
}
Save-Evidence Get-MailboxAuditBypassAssociation @(Get-MailboxAuditBypassAssociation -ResultSize Unlimited |
  Where-Object AuditBypassEnabled | Select-Object Name, Identity, AuditBypassEnabled)
# Where there are no public folders at all, asking for them is an error.
$folders = if (@(Get-Mailbox -PublicFolder).Count) { @(Get-PublicFolder -Recurse -ResultSize Unlimited) } else { @() }
Save-Evidence Get-PublicFolderClientPermission @($folders |
  ForEach-Object { Get-PublicFolderClientPermission -Identity $_.Identity } | ForEach-Object {
    [ordered]@{ Identity = "$($_.Identity)"; User = "$($_.User)"; AccessRights = @($_.AccessRights | ForEach-Object { "$_" }) }
  })
