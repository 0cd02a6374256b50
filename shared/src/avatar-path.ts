/** Where a picture is served. `id`: as `avatar` names it wherever a person is described. */
export function avatarPath(id: string): string {
  return `/api/auth/avatars/${id}`
}
